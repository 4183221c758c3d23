import islands from 'virtual:islands';
import htmx from '#web/htmx.ts';

/** Mounts `name.island.ts` on each `data-island="name"`, once; a missing island leaves the page usable. */
htmx.onLoad((root) => {
  const leaves = [...(root as Element).querySelectorAll<HTMLElement>('[data-island]')];
  if ((root as HTMLElement).dataset['island']) leaves.unshift(root as HTMLElement);
  for (const el of leaves) void mount(el);
});

async function mount(el: HTMLElement): Promise<void> {
  const load = islands[el.dataset['island'] ?? ''];
  if (!load || el.dataset['mounted'] !== undefined) return;
  el.dataset['mounted'] = 'loading';
  (await load()).default(el);
  el.dataset['mounted'] = 'done';
}
