import { chartIds } from '../../components/figure/depth-charts.ts';
import { Button } from '../../components/ui/button.tsx';
import { Popover } from '../../components/ui/popover.tsx';
import { Select } from '../../components/ui/select.tsx';
import { costs as en } from '../i18n/en/costs.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { costs as zh } from '../i18n/zh/costs.ts';
import { useCharts, useOverlay, useUnits } from '../state/url.ts';
import styles from './costs.module.css';
import { readCharts, readOverlay, writeCharts } from './overlay-kinds.ts';

/** What colours the figure, and which charts stand under it. */
export default function FigureOptions() {
  const words = useTopic({ en, zh });
  const [units] = useUnits();
  const [overlay, setOverlay] = useOverlay();
  const [charts, setCharts] = useCharts();
  const shown = readCharts(charts);
  const nameOf = (id: (typeof chartIds)[number]) => words.short[id === 'operations' ? units : id];
  return (
    <>
      <Select
        label={words.colourBy}
        labelHidden
        className={styles.colour ?? ''}
        value={readOverlay(overlay) ?? 'category'}
        options={[
          { value: 'category', label: words.colourByOperator },
          ...chartIds.map((id) => ({ value: id, label: words.colourByCost(nameOf(id)) })),
        ]}
        onChange={(value) => setOverlay(value === 'category' ? null : value)}
      />
      <Popover title={words.chartsTitle} trigger={<Button variant="quiet">{words.chartsButton}</Button>}>
        <fieldset className={styles.choices} aria-label={words.chartsTitle}>
          {chartIds.map((id) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={shown.includes(id)}
                onChange={(event) =>
                  setCharts(
                    writeCharts(
                      event.currentTarget.checked ? [...shown, id] : shown.filter((one) => one !== id),
                    ),
                  )
                }
              />
              <span>
                {nameOf(id)}
                <small>{words.explained[id]}</small>
              </span>
            </label>
          ))}
        </fieldset>
      </Popover>
    </>
  );
}
