import * as pdf from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Worker, character maps and fonts lie beside this bundle: nothing comes from elsewhere, and no WebAssembly runs, which the policy forbids. */
const beside = new URL('./', import.meta.url).href;
pdf.GlobalWorkerOptions.workerSrc = beside + PDF_WORKER;

const least = 0.25, most = 5, step = 1.25;
const mostPixels = 16_000_000;      // of a canvas; more is drawn coarser, not at all on some telephones
const mostOfPicture = 50_000_000;   // pixels of a picture inside, as for pictures that are uploaded

/** A PDF page by page: buttons, keys, and the words of the page for whoever hears it. */
export default (el: HTMLElement): void => {
  void open(el).catch((e: unknown) => {
    const words = e instanceof pdf.PasswordException ? '文件设有密码，不能在页面中显示，请' : '这个 PDF 不能在页面中显示，请';
    part(el, 'words').textContent = words;
    part(el, 'status').hidden = false;
  });
};

const part = <T extends HTMLElement = HTMLElement>(el: HTMLElement, name: string): T => el.querySelector<T>(`[data-pdf=${name}]`)!;

async function open(el: HTMLElement): Promise<void> {
  part(el, 'words').textContent = '正在打开…也可以';
  const task = pdf.getDocument({
    url: new URL(el.dataset['source'] ?? '', location.href).href, disableRange: true, useWasm: false, maxImageSize: mostOfPicture, verbosity: 0,
    cMapUrl: beside, standardFontDataUrl: beside, wasmUrl: beside,
  });
  const file = await task.promise;
  const box = el.querySelector<HTMLElement>('.pdf-page')!;
  for (const hidden of [box, el.querySelector<HTMLElement>('.pdf-bar')!]) hidden.hidden = false;
  part(el, 'status').hidden = true;
  part(el, 'count').textContent = String(file.numPages);
  const show = painter(el, box, file);
  let page = 1;
  let zoom: number | null = null;     // null: as wide as there is room

  const go = (to: number): Promise<void> => { page = Math.min(Math.max(1, to), file.numPages); return paint(true); };
  const scale = (by: number): Promise<void> => { zoom = Math.min(Math.max(least, Number(box.dataset['scale']) * by), most); return paint(false); };
  const fit = (): Promise<void> => { zoom = null; return paint(false); };
  const paint = (isOther: boolean): Promise<void> => {
    if (isOther) box.scrollTo(0, 0);
    return show(page, zoom);
  };

  const deeds: Record<string, () => Promise<void>> = { previous: () => go(page - 1), next: () => go(page + 1), out: () => scale(1 / step), in: () => scale(step), fit };
  for (const [name, deed] of Object.entries(deeds)) part(el, name).addEventListener('click', () => void deed());
  part(el, 'page').addEventListener('change', (e) => void go(Number((e.target as HTMLInputElement).value) || page));
  const keys: Record<string, () => Promise<void>> = {
    ArrowLeft: deeds['previous']!, ArrowRight: deeds['next']!, PageUp: deeds['previous']!, PageDown: deeds['next']!, '-': deeds['out']!, '+': deeds['in']!, '=': deeds['in']!, 0: fit,
    Home: () => go(1), End: () => go(file.numPages),
  };
  box.addEventListener('keydown', (e) => {
    const deed = keys[e.key];
    if (!deed || e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    e.preventDefault();
    e.stopPropagation();
    void deed();
  });
  new ResizeObserver(() => {
    if (!el.isConnected) return void task.destroy();
    if (zoom === null && Math.abs(box.clientWidth - Number(box.dataset['width'])) > 1) void paint(false);
  }).observe(box);
  await go(1);
}

/** Draws one page after the other; what is asked for later wins. */
function painter(el: HTMLElement, box: HTMLElement, file: pdf.PDFDocumentProxy): (page: number, zoom: number | null) => Promise<void> {
  let running: pdf.RenderTask | null = null;
  let asked = 0;
  return async (number, zoom) => {
    const mine = ++asked;
    running?.cancel();
    const page = await file.getPage(number);
    if (mine !== asked) return;
    const natural = page.getViewport({ scale: 1 });
    const scale = zoom ?? Math.min(most, Math.max(least, (box.clientWidth - 2) / natural.width));
    const view = page.getViewport({ scale });
    const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(mostPixels / (view.width * view.height)));
    // On a canvas of its own, which is shown when it is done: two tasks never draw on one.
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    [canvas.width, canvas.height] = [Math.floor(view.width * density), Math.floor(view.height * density)];
    [canvas.style.width, canvas.style.height] = [`${Math.floor(view.width)}px`, `${Math.floor(view.height)}px`];
    try {
      running = page.render({ canvas, viewport: view, transform: density === 1 ? undefined : [density, 0, 0, density, 0, 0] });
      await running.promise;
    } catch (e) {
      if (e instanceof pdf.RenderingCancelledException) return;
      throw e;
    }
    if (mine !== asked) return;
    Object.assign(box.dataset, { scale: String(scale), width: String(box.clientWidth), page: String(number) });
    box.querySelector('canvas')!.replaceWith(canvas);
    part<HTMLInputElement>(el, 'page').value = String(number);
    part(el, 'zoom').textContent = `${Math.round(scale * 100)}%`;
    part<HTMLButtonElement>(el, 'previous').disabled = number === 1;
    part<HTMLButtonElement>(el, 'next').disabled = number === file.numPages;
    const words = await page.getTextContent();
    if (mine === asked) part(el, 'text').textContent = `第 ${number} 页。${words.items.map((i) => ('str' in i ? i.str + (i.hasEOL ? '\n' : '') : '')).join('')}`;
  };
}
