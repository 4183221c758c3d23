/** 批量选择: one box chooses the rows of the page; the button says how many are chosen and waits for the first. */
export default (el: HTMLElement): void => {
  if (!(el instanceof HTMLFormElement)) return;
  const all = el.querySelector<HTMLInputElement>('[data-all]');
  const count = el.querySelector('[data-count]');
  const button = el.querySelector('button');
  const rows = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('input[name="id"][form="bulk"]')];
  const tell = (): void => {
    const chosen = rows().filter((r) => r.checked).length;
    if (count) count.textContent = chosen ? `（${chosen} 件）` : '';
    if (button) button.disabled = chosen === 0;
    if (all) all.checked = chosen > 0 && chosen === rows().length;
  };
  all?.addEventListener('change', () => {
    for (const row of rows()) row.checked = all.checked;
    tell();
  });
  document.addEventListener('change', (e) => {
    if (e.target instanceof HTMLInputElement && e.target.form === el) tell();
  });
  tell();
};
