/** Puts the chosen phrase where the cursor stands. What the server could not know yet is read from the fields of the form: `data-phrase-field="地址"`. */
export default (el: HTMLElement): void => {
  const select = el.querySelector('select');
  const button = el.querySelector('button');
  if (!select || !button) return;
  el.hidden = false;
  button.addEventListener('click', insert);
  select.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' || e.isComposing || e.ctrlKey) return;
    e.preventDefault();
    insert();
  });

  function insert(): void {
    if (!select || !el.isConnected) return;
    const text = document.getElementById(el.dataset['for'] ?? '');
    if (!(text instanceof HTMLTextAreaElement)) return;
    const form = text.form ?? document;
    // One pass: what a person typed is never read as a brace.
    const words = select.value.replace(/\{([^{}]{1,20})\}/g, (brace, name: string) => said(form, name) || brace);
    text.focus();
    text.setRangeText(words, text.selectionStart, text.selectionEnd, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

function said(form: ParentNode, name: string): string {
  const field = form.querySelector(`[data-phrase-field="${CSS.escape(name)}"]`);
  if (field instanceof HTMLSelectElement) return field.value ? (field.selectedOptions[0]?.text ?? '').split('->').pop() ?? '' : '';
  if (!(field instanceof HTMLInputElement)) return '';
  const value = field.value.trim();
  return value && field.dataset['phraseAs'] === 'surname' ? `${[...value][0]}先生/女士` : value;
}
