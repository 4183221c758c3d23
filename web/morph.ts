import { Idiomorph } from 'idiomorph';
import htmx from '#web/htmx.ts';

/** What a script built survives a morph: the node stays, only what the server changed is carried over. */
const callbacks = {
  beforeNodeRemoved: (node: Node): boolean => !(node instanceof Element && node.matches('.ts-wrapper')),
  beforeNodeMorphed: (old: Element, next: Node): boolean => {
    if (!(old instanceof HTMLElement) || !(next instanceof HTMLElement)) return true;
    if (old instanceof HTMLSelectElement && next instanceof HTMLSelectElement && old.tomselect) {
      old.tomselect.setValue(Array.from(next.selectedOptions, (o) => o.value), true);
      return false;
    }
    const mounted = old.dataset.mounted !== undefined && old.dataset.island === next.dataset.island;
    return !(mounted && old.dataset.source === next.dataset.source);
  },
};
Object.assign(Idiomorph.defaults, { ignoreActiveValue: true });
Object.assign(Idiomorph.defaults.callbacks ?? {}, callbacks);

/** The bundled extension would build functions from text, which the content security policy forbids. */
const styles: Record<string, 'outerHTML' | 'innerHTML'> = { morph: 'outerHTML', 'morph:outerHTML': 'outerHTML', 'morph:innerHTML': 'innerHTML' };
htmx.defineExtension('morph', {
  isInlineSwap: (style: string) => styles[style] === 'outerHTML',
  handleSwap: (style: string, target: Node, fragment: Node) => {
    const morphStyle = styles[style];
    return morphStyle ? Idiomorph.morph(target as Element, (fragment as DocumentFragment).children, { morphStyle }) as Node[] : false;
  },
});
