/** A press on a proposal puts its value into the field that it names; the person still decides by sending the form. */
export default (el: HTMLElement): void => {
  document.addEventListener('click', (e) => {
    const button = e.target instanceof Element ? e.target.closest<HTMLElement>('[data-fills]') : null;
    const field = button && document.getElementById(button.dataset['fills'] ?? '');
    if (!el.isConnected || !button || !(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) return;
    const value = button.dataset['value'] ?? '';
    const box = (field as HTMLSelectElement & { tomselect?: { setValue: (v: string) => void } }).tomselect;
    if (box) box.setValue(value);
    else field.value = value;
    field.focus();
  });
};
