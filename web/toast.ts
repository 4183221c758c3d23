export interface Toast { text: string; kind?: 'ok' | 'info' | 'late' }

/** Says something beside the page; refusals stay until closed, the rest goes after six seconds. */
export function toast({ text, kind = 'ok' }: Toast): void {
  const region = document.getElementById('toasts');
  if (!region) return;
  const box = document.createElement('div');
  box.className = 'toast';
  box.dataset['kind'] = kind;
  box.setAttribute('role', kind === 'late' ? 'alert' : 'status');
  box.append(Object.assign(document.createElement('p'), { textContent: text }));
  region.append(withClose(box));
}

function withClose(box: HTMLElement): HTMLElement {
  const close = Object.assign(document.createElement('button'), { type: 'button', className: 'toast-close', textContent: '×', onclick: () => box.remove() });
  close.setAttribute('aria-label', '关闭提示');
  box.append(close);
  if (box.dataset['kind'] !== 'late') setTimeout(() => box.remove(), 6000);
  return box;
}

/** `HX-Trigger: {"toast":{"text":…,"kind":…}}`, and what the page brought along. */
document.addEventListener('toast', (e) => toast((e as CustomEvent<Toast>).detail));
document.querySelectorAll<HTMLElement>('#toasts > .toast').forEach(withClose);
