import { toast } from '#web/toast.ts';

/** Names what was chosen, shows how far it has been sent, and, where the page offers it, sends it in pieces that survive a cut line. */
export default (el: HTMLElement): void => {
  const input = el as HTMLInputElement;
  const form = input.form;
  const box = input.closest('.upload');
  const names = box?.querySelector('output');
  const bar = box?.querySelector('progress');
  const show = (loaded: number, total: number): void => {
    if (!bar) return;
    bar.hidden = loaded >= total;
    bar.value = (100 * loaded) / total;
  };
  input.addEventListener('change', () => {
    if (names) names.textContent = Array.from(input.files ?? [], (f) => `${f.name}（${size(f.size)}）`).join('，');
  });
  form?.addEventListener('htmx:xhr:progress', (e) => {
    const { lengthComputable, loaded, total } = (e as CustomEvent<ProgressEvent>).detail;
    if (lengthComputable && input.files?.length) show(loaded, total);
  });
  form?.addEventListener('submit', (e) => {
    const [file, endpoint] = [input.files?.[0], input.dataset['resume']];
    if (!file || !endpoint) return;
    e.preventDefault();
    void send(file, endpoint, form, show);
  });
};

const piece = 5 * 1024 ** 2;

async function send(file: File, endpoint: string, form: HTMLFormElement, show: (loaded: number, total: number) => void): Promise<void> {
  const { Upload } = await import('tus-js-client');
  const buttons = form.querySelectorAll('button');
  const busy = (is: boolean): void => buttons.forEach((b) => { b.disabled = is; });
  busy(true);
  const typed = new FormData(form);
  const upload = new Upload(file, {
    endpoint,
    chunkSize: piece,
    retryDelays: [0, 1000, 3000, 10_000, 30_000],
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type, tag: String(typed.get('tag') ?? '') },
    headers: { RequestVerificationToken: String(typed.get('__RequestVerificationToken') ?? '') },
    onProgress: show,
    onSuccess: () => window.location.reload(),
    onError: (failure) => {
      busy(false);
      show(1, 1);
      toast({ kind: 'late', text: detail('originalResponse' in failure ? failure.originalResponse?.getBody() : undefined) });
    },
  });
  upload.findPreviousUploads().then((earlier) => {
    if (earlier[0]) upload.resumeFromPreviousUpload(earlier[0]);
    upload.start();
  }, () => upload.start());
}

/** The sentence of a refusal; a line that stays cut has none. */
function detail(body: string | undefined): string {
  try {
    return (JSON.parse(body ?? '') as { detail?: string }).detail ?? lost;
  } catch {
    return lost;
  }
}

const lost = '网络中断，文件没有传完。请检查网络后再点“上传”，会从断开处继续。';

const size = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
