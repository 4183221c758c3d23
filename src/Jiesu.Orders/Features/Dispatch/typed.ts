type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What was typed for an order and not sent stands there again when one comes back to it; in memory only. */
const kept = new Map<string, FormData>();

export const keepTyped = (form: HTMLFormElement): void => void kept.set(form.dataset['order'] ?? '', new FormData(form));

export function restoreTyped(form: HTMLFormElement): void {
  const typed = kept.get(form.dataset['order'] ?? '');
  if (!typed) return;
  for (const field of form.querySelectorAll<Control>('.desk-fields [name]:not(button)')) {
    const values = typed.getAll(field.name).map(String);
    if (field instanceof HTMLSelectElement) setChosen(field, values);
    else field.value = values[0] ?? '';
  }
}

/** Also where the select has become a box that one can search. */
export function setChosen(select: HTMLSelectElement, values: string[]): void {
  if (select.tomselect) select.tomselect.setValue(values, true);
  else for (const option of select.options) option.selected = values.includes(option.value);
}
