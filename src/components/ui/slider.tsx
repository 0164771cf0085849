import { Slider as Base } from '@base-ui/react/slider';
import { classNames } from './class-names.ts';
import styles from './slider.module.css';

/** Properties of a slider. */
export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
  /** The value in words, for sight and for assistive technology. */
  readonly formatValue?: (value: number) => string;
  readonly className?: string;
}

/** A number chosen along a line; arrow, page, home and end keys move it. */
export function Slider({
  label,
  value,
  minimum,
  maximum,
  step = 1,
  onChange,
  formatValue = String,
  className,
}: SliderProps) {
  return (
    <Base.Root
      className={classNames(styles.root, className)}
      value={value}
      min={minimum}
      max={maximum}
      step={step}
      onValueChange={(next: number) => onChange(next)}
    >
      <Base.Label className={styles.label}>{label}</Base.Label>
      <output className={styles.value}>{formatValue(value)}</output>
      <Base.Control className={styles.control}>
        <Base.Track className={styles.track}>
          <Base.Indicator className={styles.indicator} />
          <Base.Thumb className={styles.thumb} getAriaValueText={(_, next) => formatValue(next)} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
