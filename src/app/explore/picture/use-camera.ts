import { useCallback, useEffect, useRef, useState } from 'react';
import { type PictureProblem, pictureStore } from '../../state/picture-store.ts';
import { giveUpDecoding } from './take-picture.ts';

/** A camera that shows its frames as the picture while it is on. */
export interface Camera {
  readonly state: 'off' | 'asking' | 'on';
  start(): void;
  /** Ends it; its last frame stays. */
  stop(): void;
}

type CameraReason = Extract<PictureProblem, { code: 'camera' }>['reason'];

function reasonOf(error: unknown): CameraReason {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'none';
  }
}

/** Pixels of a frame's longer side: no network here sees more than a tenth of them, and fewer are read faster. */
const FRAME_SIDE = 320;

/** Calls back with every frame of a video; returns what ends it. */
function eachFrame(video: HTMLVideoElement, callback: () => void): () => void {
  let isEnded = false;
  const next = () => {
    if (isEnded) return;
    callback();
    ask();
  };
  // A frame of the camera where the browser tells of them, else of the screen.
  const ask =
    typeof video.requestVideoFrameCallback === 'function'
      ? () => void video.requestVideoFrameCallback(next)
      : () => void requestAnimationFrame(next);
  ask();
  return () => {
    isEnded = true;
  };
}

/** The visitor's camera; it is on between `start` and `stop`, and ends when the page is left. */
export function useCamera(): Camera {
  const [state, setState] = useState<Camera['state']>('off');
  const end = useRef<(() => void) | null>(null);
  const attempt = useRef(0);

  const stop = useCallback(() => {
    attempt.current += 1;
    end.current?.();
    end.current = null;
    setState('off');
  }, []);

  const start = useCallback(() => {
    stop();
    giveUpDecoding();
    const own = attempt.current;
    const fail = (reason: CameraReason) => {
      if (own !== attempt.current) return;
      setState('off');
      pictureStore.getState().fail({ code: 'camera', reason });
    };
    // Absent outside secure contexts.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) {
      fail('insecure');
      return;
    }
    setState('asking');
    const run = async () => {
      const stream = await devices.getUserMedia({
        audio: false,
        video: {
          facingMode: 'environment',
          width: { ideal: FRAME_SIDE },
          height: { ideal: (3 * FRAME_SIDE) / 4 },
        },
      });
      const close = () => {
        for (const track of stream.getTracks()) track.stop();
      };
      if (own !== attempt.current) {
        close();
        return;
      }
      const video = document.createElement('video');
      video.muted = true;
      video.playsInline = true;
      video.srcObject = stream;
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d', { willReadFrequently: true });
      const endFrames = eachFrame(video, () => {
        const scale = Math.min(1, FRAME_SIDE / Math.max(video.videoWidth, video.videoHeight));
        const width = Math.round(video.videoWidth * scale);
        const height = Math.round(video.videoHeight * scale);
        if (!context || !(width > 0 && height > 0)) return;
        if (canvas.width !== width || canvas.height !== height) {
          canvas.width = width;
          canvas.height = height;
        }
        context.drawImage(video, 0, 0, width, height);
        const { data } = context.getImageData(0, 0, width, height);
        pictureStore
          .getState()
          .show({ pixels: { width, height, data }, origin: { kind: 'camera' }, notes: [] });
      });
      end.current = () => {
        endFrames();
        close();
        video.srcObject = null;
      };
      stream.getVideoTracks()[0]?.addEventListener('ended', () => {
        if (own !== attempt.current) return;
        stop();
        pictureStore.getState().fail({ code: 'camera', reason: 'ended' });
      });
      await video.play();
      if (own === attempt.current) setState('on');
    };
    run().catch((error: unknown) => {
      if (own !== attempt.current) return;
      end.current?.();
      end.current = null;
      fail(reasonOf(error));
    });
  }, [stop]);

  useEffect(() => {
    // A page kept for going back is not closed: the camera's light must go out all the same.
    window.addEventListener('pagehide', stop);
    return () => {
      window.removeEventListener('pagehide', stop);
      stop();
    };
  }, [stop]);

  return { state, start, stop };
}
