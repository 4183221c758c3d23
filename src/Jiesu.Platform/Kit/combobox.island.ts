import TomSelect, { type TomOption } from 'tom-select/base';
import removeButton from 'tom-select/plugins/remove_button/plugin.js';

TomSelect.define('remove_button', removeButton);

/** Search by text or pinyin initials; with `data-url` the server is asked. No throttle: "initials, Enter" must not beat the list. */
export default (el: HTMLElement): void => {
  const select = el as HTMLSelectElement;
  const url = select.dataset['url'];
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (label?.id) select.setAttribute('aria-labelledby', label.id);    // tom-select takes the label for its own field
  new TomSelect(select, {
    plugins: select.multiple ? { remove_button: { title: '移除' } } : {},
    searchField: ['text', 'py'],
    maxOptions: 300,
    refreshThrottle: 0,
    loadThrottle: url ? 200 : null,
    placeholder: select.dataset['placeholder'],
    allowEmptyOption: false,
    hidePlaceholder: true,
    ...(url ? { load: (q: string, done: (found?: TomOption[]) => void) => void ask(url, q).then(done, () => done()) } : {}),
    render: {
      no_results: () => note('没有找到'),
      loading: () => note('正在查找…'),
    },
  });
};

async function ask(url: string, q: string): Promise<TomOption[]> {
  const address = new URL(url, location.href);
  address.searchParams.set('q', q);
  const answer = await fetch(address, { headers: { Accept: 'application/json', 'HX-Request': 'true' } });
  return answer.ok ? await answer.json() as TomOption[] : [];
}

const note = (text: string): HTMLElement => Object.assign(document.createElement('div'), { className: 'no-results', textContent: text });
