import { useRef } from 'react';
import { Button, type ButtonProps } from './button.tsx';

/** Properties of a button that asks for files; the rest is the button's. */
export interface FileButtonProps extends Omit<ButtonProps, 'onClick' | 'children'> {
  /** What stands on the button, and names the field. */
  readonly label: string;
  /** Types of files that are offered, as `<input accept>` has them; all unless given. */
  readonly accept?: string;
  readonly multiple?: boolean;
  /** The files that were chosen: one at least. */
  readonly onFiles: (files: readonly File[]) => void;
}

/**
 * A button that asks for files. The field itself is not drawn at all: one that is, even see-through, would have the page
 * painted for the name of the file before anybody reads it.
 */
export function FileButton({ label, accept, multiple = false, onFiles, ...props }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        multiple={multiple}
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // So that the same file can be chosen once more.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <Button {...props} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
