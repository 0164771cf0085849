import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../components/ui/button.tsx';
import Dialog from '../../components/ui/dialog.tsx';
import { formatBytes } from '../../engine/cost/format.ts';
import { useLanguage } from '../i18n/index.tsx';
import { queryClient } from '../queries/query-client.ts';
import { imagenetWeights } from './imagenet-weights.ts';
import styles from './storage-dialog.module.css';
import { useModelWords } from './use-model-words.ts';
import type { KeptFile } from './weight-keeper.ts';
import { keptQuery, refreshKept, weightKeeper, weightStore } from './weights.ts';

/** What of the weights is stored in this browser, how large it is, and how to be rid of it. */
export default function StorageDialog({ onClose }: { readonly onClose: () => void }) {
  const { storage: words } = useModelWords();
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={words.title}
      closeLabel={words.close}
    >
      <QueryClientProvider client={queryClient}>
        <Storage />
      </QueryClientProvider>
    </Dialog>
  );
}

const idsOf = (files: readonly KeptFile[]): readonly string[] =>
  imagenetWeights.filter(({ sha256 }) => files.some((one) => one.sha256 === sha256)).map(({ id }) => id);

function Storage() {
  const { storage: words } = useModelWords();
  const { language } = useLanguage();
  const { data: kept } = useQuery(keptQuery);
  const arrived = useStore(weightStore, (state) => state.arrived);
  // Another tab may have changed it meanwhile.
  useEffect(() => void refreshKept(), []);
  if (!kept) return null;
  const { files, space } = kept;
  const held = Object.entries(arrived).filter(([, outcome]) => outcome !== 'stored');
  const remove = async (gone: readonly KeptFile[]) => {
    if (gone.length === files.length) await weightKeeper.removeAll();
    else for (const file of gone) await weightKeeper.remove(file);
    weightStore.getState().forget(idsOf(gone));
    await refreshKept();
  };
  const dates = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium' });
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <div className={styles.storage}>
      {files.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <table className={styles.files}>
          <thead>
            <tr>
              <th scope="col">{words.file}</th>
              <th scope="col">{words.size}</th>
              <th scope="col">{words.date}</th>
              <th>
                <span className={styles.hidden}>{words.remove}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.sha256}>
                <th scope="row">{file.file}</th>
                <td>{formatBytes(file.bytes)}</td>
                <td>{file.kept ? dates.format(file.kept) : words.noDate}</td>
                <td>
                  <Button
                    variant="quiet"
                    aria-label={words.removeNamed(file.file)}
                    onClick={() => void remove([file])}
                  >
                    {words.remove}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {held.length > 0 ? <p>{words.held(held.length)}</p> : null}
      {space ? (
        <p className={styles.space}>{words.space(formatBytes(space.used), formatBytes(space.quota))}</p>
      ) : null}
      {files.length > 0 ? (
        <footer className={styles.foot}>
          <b>{words.total(files.length, formatBytes(total))}</b>
          <Button onClick={() => void remove(files)}>{words.removeAll}</Button>
        </footer>
      ) : null}
    </div>
  );
}
