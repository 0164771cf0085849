import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import { seededTensors } from '../src/engine/weights/seeded.ts';
import { openSite } from './site.ts';
import { writeFileSync } from 'node:fs';
const site = await openSite();
const page = await site.openPage();
const graph = lower(architectures.get('squeezenet-1.1')!);
await page.addInitScript(() => {
  addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.accept !== 'image/*') return;
    performance.mark('zz-chosen'); let sent=false, back=false;
    (window as any).zz=(w:string)=>performance.mark('zz-'+w);
    const o = new MutationObserver(() => { if((window as any).zzback && document.querySelector('[data-current="true"] [aria-label="Predictions"]')) { o.disconnect(); performance.mark('zz-shown'); (window as any).zzback=false;} });
    o.observe(document.body,{attributes:true,childList:true,subtree:true,characterData:true});
  }, {capture:true});
  const O=Worker; (window as any).Worker=class extends O { constructor(a:any,b:any){super(a,b); this.addEventListener('message',({data}:any)=>{ if(data.type==='ran'){performance.mark('zz-back '+data.outputs.length+' '+data.runMs); (window as any).zzback=true;} }); } postMessage(m:any,t:any){ if(m.type==='run') performance.mark('zz-sent '+m.wanted.length); super.postMessage(m,t);} };
});
await page.goto(`${site.url}build`);
await page.getByLabel('Open an ONNX file').setInputFiles({ name: 's.onnx', mimeType: 'application/octet-stream', buffer: Buffer.from(modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, 1) }))) });
const pics=['ship-sea','cat-chelsea','frog-sitting'];
const browser = page.context().browser()!;
for (let i=0;i<6;i++){
  if (i===4) await browser.startTracing(page,{categories:['devtools.timeline','blink.user_timing','v8.execute','disabled-by-default-v8.cpu_profiler']});
  await page.getByLabel('Upload an image').setInputFiles(`public/pictures/${pics[i%3]}.webp`);
  await page.waitForTimeout(2500);
}
writeFileSync('/tmp/trace.json', await browser.stopTracing());
await site.close(); process.exit(0);
