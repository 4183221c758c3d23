/** Shows a question that another answer makes necessary only when it does, or when something stands in it already. Without script all are shown. */
export default (el: HTMLElement): void => {
  const form = el.closest('form');
  if (!form) return;
  const follow = (): void => {
    for (const box of form.querySelectorAll<HTMLElement>('[data-asked-if]')) {
      const isAsked = answers(form, box.dataset['askedIf'] ?? '').includes(box.dataset['askedValue'] ?? '');
      box.hidden = !isAsked && !isFilled(box) && !box.querySelector('.field-problem');
    }
  };
  const heard = (e: Event): void => {
    if (!el.isConnected) for (const kind of ['change', 'htmx:afterSettle']) document.removeEventListener(kind, heard);
    else if (e.target instanceof Node && (form.contains(e.target) || e.target.contains(form))) follow();
  };
  for (const kind of ['change', 'htmx:afterSettle']) document.addEventListener(kind, heard);
  follow();
};

const answers = (form: HTMLFormElement, name: string): string[] => new FormData(form).getAll(name).map(String);

const isFilled = (box: HTMLElement): boolean => [...box.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea')]
  .some((c) => c.name && (c instanceof HTMLInputElement && ['radio', 'checkbox'].includes(c.type) ? c.checked && c.value : c.value));
