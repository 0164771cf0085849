/**
 * Measures what the budgets name and prints one table. Exits with 0 whether or not they are met, for times depend on the
 * machine; with 1 only where it cannot measure.
 *
 * ```
 * npm run bench             # builds, then measures
 * npm run bench -- --built  # measures dist/ as it is
 * ```
 */
import { build } from 'vite';
import { measureAnalysis } from './analysis.ts';
import { measureCamera } from './camera.ts';
import { measureCatalogue } from './catalogue.ts';
import { measureChart } from './chart.ts';
import { measureCompare } from './compare.ts';
import { measureDiffs } from './diff.ts';
import { measureDrawing } from './drawing.ts';
import { measureFigure } from './figure.ts';
import { measureFirstPaint } from './first-paint.ts';
import { measureImport } from './import.ts';
import { measureKnobs } from './knobs.ts';
import { measureLargeSession } from './large-session.ts';
import { measureNavigation } from './navigation.ts';
import { measurePicturePath } from './picture-path.ts';
import { openSite } from './site.ts';
import { formatTable } from './table.ts';

// Before anything else: what the build leaves to the collector would be timed with it.
const analysis = [...measureCatalogue(), ...measureAnalysis(), ...measureDiffs(), ...measureImport()];
if (!process.argv.includes('--built')) await build({ logLevel: 'warn' });
const site = await openSite();
try {
  const drawing = await measureDrawing(site);
  const camera = await measureCamera(site);
  const picture = await measurePicturePath(site);
  const large = await measureLargeSession(site);
  const navigation = await measureNavigation(site);
  const figure = await measureFigure(site);
  const knobs = await measureKnobs(site);
  const chart = await measureChart(site);
  const compare = await measureCompare(site);
  console.log(
    formatTable([
      ...analysis,
      ...drawing,
      ...camera,
      ...picture,
      ...large,
      ...navigation,
      ...figure,
      ...knobs,
      ...chart,
      ...compare,
      measureFirstPaint(),
    ]),
  );
} finally {
  await site.close();
}
process.exit(0);
