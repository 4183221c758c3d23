import { sendAgain } from '#web/again.ts';
import { toast } from '#web/toast.ts';

interface Problem { title?: string; detail?: string; traceId?: string }

/** A refused request leaves what was typed and says why. */
document.addEventListener('htmx:responseError', (e) => {
  const { xhr, elt } = (e as CustomEvent<{ xhr: XMLHttpRequest; elt: Element }>).detail;
  if (xhr.status === 401) return signInAgain();
  if (xhr.status === 503 && (sendAgain(elt, '系统暂时不能办理。', xhr.getResponseHeader('Retry-After')) || toldJustNow())) return;
  const problem = read(xhr);
  const words = [problem.title, problem.detail].filter((x, i, all) => x && x.replace(/。$/, '') !== all[i - 1]?.replace(/。$/, ''));
  toast({ text: words.join('：') || `请求未完成（${xhr.status}）。`, kind: 'late' });
});
document.addEventListener('htmx:sendError', (e) => {
  if (sendAgain((e as CustomEvent<{ elt: Element }>).detail.elt, '网络不通。') || toldJustNow()) return;
  toast({ text: '网络不通，内容未提交。请检查网络后重试。', kind: 'late' });
});

/** While the house is away, what the page asks by itself (drafts, advice, bells) fails again and again: it is said once in half a minute. */
let told = 0;
function toldJustNow(): boolean {
  const now = Date.now();
  if (now - told < 30_000) return true;
  told = now;
  return false;
}

/** An event stream tells no status: when it breaks, ask once whether the session still lives. */
document.addEventListener('htmx:sseError', () => {
  void fetch('/session', { headers: { 'HX-Request': 'true' } }).then((answer) => { if (answer.status === 401) signInAgain(); }, () => undefined);
});

/** 登录已过期: the page and its text stay, the sign-in opens beside it. */
export function signInAgain(): void {
  const dialog = document.getElementById('session-over');
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function read(xhr: XMLHttpRequest): Problem {
  try {
    return JSON.parse(xhr.responseText) as Problem;
  } catch {
    return {};
  }
}
