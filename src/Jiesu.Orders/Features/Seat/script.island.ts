/** Follows the seat's form: ticks what it answers, marks the step that comes next, and says aloud when a word calls for 110, 119 or 120. */
export default (el: HTMLElement): void => {
  const steps = [...el.querySelectorAll<HTMLLIElement>('li')];
  const panel = el.closest('section');
  const urgent = [...(panel?.querySelectorAll<HTMLLIElement>('[data-words]') ?? [])];
  const alarm = panel?.querySelector<HTMLElement>('[data-alarm]');
  const byHand = new WeakSet<Element>();

  const follow = (): void => {
    for (const step of steps) {
      const box = step.querySelector('input');
      const fields = (step.dataset['ticks'] ?? '').split(' ').filter(Boolean);
      if (box && fields.length > 0 && !byHand.has(step)) box.checked = fields.every(isSaid);
    }
    mark();
    const content = field('content')?.value ?? '';
    const called = urgent.filter((u) => (u.dataset['words'] ?? '').split(' ').some((w) => w && content.includes(w)));
    for (const u of urgent) u.toggleAttribute('data-called', called.includes(u));
    const details = panel?.querySelector('details');
    if (details && called.length > 0) details.open = true;
    const words = called.map((u) => `${u.dataset['title']}：${u.querySelector('p')?.textContent ?? ''}`).join('\n');
    if (alarm && alarm.textContent !== words) {
      alarm.textContent = words;
      alarm.hidden = !words;
    }
  };
  const mark = (): void => {
    const next = steps.find((s) => !s.querySelector('input')?.checked);
    for (const s of steps) {
      if (s === next) s.setAttribute('aria-current', 'step');
      else s.removeAttribute('aria-current');
    }
  };

  el.addEventListener('change', (e) => {
    const step = (e.target as Element).closest('li');
    if (step) byHand.add(step);
    mark();
  });
  const heard = (e: Event): void => {
    if (!el.isConnected) for (const kind of ['input', 'change']) document.removeEventListener(kind, heard);
    else if ((e.target as Element).closest('#seat')) follow();
  };
  for (const kind of ['input', 'change']) document.addEventListener(kind, heard);
  follow();
};

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const field = (name: string): Control | null => document.querySelector<Control>(`#seat [name="${CSS.escape(name)}"]:not([type=hidden])`);

function isSaid(name: string): boolean {
  const control = field(name);
  if (control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type)) return !!document.querySelector(`#seat [name="${CSS.escape(name)}"]:checked:not([value=""])`);
  return !!control?.value.trim();
}
