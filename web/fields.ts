import htmx from '#web/htmx.ts';

/** Ties each problem to its control and puts the cursor on the first one. */
htmx.onLoad((root) => {
  const wrong = [...(root as Element).querySelectorAll<HTMLElement>('.field[data-invalid=true]')];
  const controls = wrong.map((field) => {
    const control = field.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea');
    control?.setAttribute('aria-invalid', 'true');
    const problem = field.querySelector('.field-problem')?.id;
    if (problem) control?.setAttribute('aria-describedby', problem);
    return control;
  });
  controls[0]?.focus();
});
