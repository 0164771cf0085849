import { useEffect, useState } from 'react';
import { takeTransfer } from '../explore/picture/take-picture.ts';
import { openedFile } from './opened-file.ts';

const isPicture = ({ type }: File): boolean => type.startsWith('image/');

/**
 * Takes files that are dropped anywhere on the page; true while some are held over it.
 *
 * @param takesPictures whether pictures go to the networks that run; a function that stays the same
 */
export function useFileDrop(takesPictures: () => boolean): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const handleOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const handleLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    // Before the place for pictures takes it: a model dropped there is a model all the same.
    const handleDrop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      const files = [...event.dataTransfer.files];
      if (files.length > 0 && files.every(isPicture) && takesPictures()) {
        void takeTransfer(event.dataTransfer);
        return;
      }
      openedFile.getState().give(files);
    };
    window.addEventListener('dragover', handleOver);
    window.addEventListener('dragleave', handleLeave);
    window.addEventListener('drop', handleDrop, { capture: true });
    return () => {
      window.removeEventListener('dragover', handleOver);
      window.removeEventListener('dragleave', handleLeave);
      window.removeEventListener('drop', handleDrop, { capture: true });
    };
  }, [takesPictures]);
  return isOver;
}
