/** Names what was chosen, and shows how far the form around it has been sent. */
export default (el: HTMLElement): void => {
  const input = el as HTMLInputElement;
  const box = input.closest('.upload');
  const names = box?.querySelector('output');
  const bar = box?.querySelector('progress');
  input.addEventListener('change', () => {
    if (names) names.textContent = Array.from(input.files ?? [], (f) => `${f.name}（${size(f.size)}）`).join('，');
  });
  input.form?.addEventListener('htmx:xhr:progress', (e) => {
    const { lengthComputable, loaded, total } = (e as CustomEvent<ProgressEvent>).detail;
    if (!bar || !lengthComputable || !input.files?.length) return;
    bar.hidden = loaded >= total;
    bar.value = (100 * loaded) / total;
  });
};

const size = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
