declare module 'virtual:islands' {
  const islands: Record<string, () => Promise<{ default: (el: HTMLElement) => void }>>;
  export default islands;
}

declare module 'htmx-ext-sse';

/** Name of the file in which the reader of PDF works, as the build wrote it. */
declare const PDF_WORKER: string;

/** The parts of tom-select that the kit uses; the package ships its types only as source. */
declare module 'tom-select/base' {
  export interface TomOption { value: string; text: string; py?: string }
  export default class TomSelect {
    constructor(el: HTMLSelectElement, settings: object);
    static define(name: string, plugin: unknown): void;
    setValue(value: string | string[], silent?: boolean): void;
    clearOptions(): void;
    destroy(): void;
    readonly control_input: HTMLInputElement;
  }
}
declare module 'tom-select/plugins/remove_button/plugin.js' {
  const plugin: unknown;
  export default plugin;
}

interface HTMLSelectElement { tomselect?: import('tom-select/base').default }
