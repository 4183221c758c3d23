import { isNotOurs } from '#web/keys.ts';

/** 行光标: j and k move the focus from title to title, so that Enter opens as on any link; x chooses the row for bulk work. */
export default (el: HTMLElement): void => {
  const titles = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>('#list tbody tr > :nth-child(2) a')];
  const step = (by: number): void => {
    const all = titles();
    const at = all.findIndex((a) => a.closest('tr') === document.activeElement?.closest('tr'));
    all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
  };
  const choose = (): void => document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('input[name="id"]')?.click();
  const keys: Record<string, () => void> = { j: () => step(1), k: () => step(-1), x: choose };
  document.addEventListener('keydown', (e) => {
    const key = keys[e.key];
    if (!el.isConnected || !key || isNotOurs(e)) return;
    e.preventDefault();
    key();
  });
};
