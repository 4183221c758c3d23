// Bundles web/app.ts, every src/**/*.island.ts, the style sheets and the icons into src/Jiesu.Platform/wwwroot/dist.
// Called by MSBuild (Jiesu.Platform.csproj). Two builds at once are both right: the second waits and finds its work done.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const state = join(root, 'artifacts', 'web');
const dist = join(root, 'src', 'Jiesu.Platform', 'wwwroot', 'dist');

let release = () => {};
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) fail(`Node.js 18 or newer is needed, found ${process.versions.node}.`);
mkdirSync(state, { recursive: true });
release = await takeLock(join(state, 'lock'));
try {
  restorePackages();
  check();
  await bundle();
} finally {
  release();
}

/** `npm ci` only when the lock file changed since the last time. */
function restorePackages() {
  const mark = join(state, 'packages');
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(join(root, 'node_modules')) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci failed: is npm installed and its registry reachable?');
  writeFileSync(mark, wanted);
}

function check() {
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.json')], 'The TypeScript check failed.');
}

async function bundle() {
  const esbuild = await import('esbuild');
  const common = { absWorkingDir: root, bundle: true, minify: true, write: false, outdir: dist, logLevel: 'warning', legalComments: 'none', target: ['chrome100', 'firefox100', 'safari15.4'] };
  const pdf = pdfFiles();
  const scripts = await esbuild.build({
    ...common, define: { PDF_WORKER: JSON.stringify(pdf.worker) }, format: 'esm', splitting: true, entryPoints: { app: 'web/app.ts' }, entryNames: '[name]', chunkNames: '[name]-[hash]',
    plugins: [virtual('virtual:islands', islands)],
  });
  const styles = await esbuild.build({ ...common, entryPoints: { kit: 'virtual:styles' }, entryNames: '[name]', plugins: [virtual('virtual:styles', sheets, 'css')] });
  const files = new Map([...scripts.outputFiles, ...styles.outputFiles].map((f) => [basename(f.path), f.contents]));
  for (const [name, contents] of pdf.files) files.set(name, contents);
  files.set('icons.svg', Buffer.from(sprite()));
  for (const whole of ['favicon.svg', 'push.js']) files.set(whole, readFileSync(join(root, 'web', whole)));
  store(files);
}

/**
 * What pdf.js asks for while it reads: its worker, the character maps of Chinese, Japanese and Korean, faces for what a file does not embed, and decoders of
 * JPEG 2000 and JBIG2 in plain script. The build for older browsers, as everything here.
 */
function pdfFiles() {
  const home = join(root, 'node_modules', 'pdfjs-dist');
  const script = readFileSync(join(home, 'legacy', 'build', 'pdf.worker.min.mjs'));
  const worker = `pdf-worker-${createHash('sha256').update(script).digest('hex').slice(0, 8).toUpperCase()}.js`;
  const files = new Map([[worker, script]]);
  const take = (folder, wanted, named = (name) => name) => {
    for (const name of readdirSync(join(home, folder)).filter((n) => wanted.test(n))) files.set(named(name), readFileSync(join(home, folder, name)));
  };
  take('cmaps', /\.bcmap$/);
  take('standard_fonts', /\.(pfb|ttf)$/);
  take('wasm', /_nowasm_fallback\.js$/);
  const licence = (name) => `pdf-${name.replace('LICENSE', 'licence').toLowerCase().replaceAll('_', '-')}.txt`;
  take('.', /^LICENSE$/, licence);
  take('cmaps', /^LICENSE$/, () => 'pdf-licence-cmaps.txt');
  take('standard_fonts', /^LICENSE/, licence);
  take('wasm', /^LICENSE_(JBIG2|OPENJPEG|PDFJS_JBIG2|PDFJS_OPENJPEG)$/, licence);
  return { worker, files };
}

/** Every island is loaded on demand under the name before `.island.ts`. */
function islands() {
  const found = walk(join(root, 'src'), '.island.ts');
  const names = found.map((f) => basename(f, '.island.ts'));
  const twice = names.find((n, i) => names.indexOf(n) !== i);
  if (twice) fail(`Two islands are called "${twice}".`);
  return `export default {${found.map((f, i) => `${JSON.stringify(names[i])}: () => import(${JSON.stringify(f)})`).join(',')}};`;
}

/** One layer a purpose; a kit part brings its own sheet, a feature may bring one for the layer above. */
function sheets() {
  const kit = join(root, 'src', 'Jiesu.Platform', 'Kit');
  const first = ['reset', 'tokens', 'base'];
  const line = (file, layer) => `@import ${JSON.stringify(file)} layer(${layer});`;
  return [
    '@layer reset, tokens, base, kit, pages;',
    ...first.map((name) => line(join(kit, 'Styles', `${name}.css`), name)),
    ...walk(kit, '.css').filter((f) => !first.some((name) => f.endsWith(`${sep}Styles${sep}${name}.css`))).map((f) => line(f, 'kit')),
    ...walk(join(root, 'src'), '.css').filter((f) => f.includes(`${sep}Features${sep}`)).map((f) => line(f, 'pages')),
  ].join('\n');
}

/** Only the icons that the list names. */
function sprite() {
  const names = readFileSync(join(root, 'web', 'icons.txt'), 'utf8').split('\n').map((l) => l.trim()).filter((l) => l && !l.startsWith('#'));
  const symbols = names.map((name) => {
    const file = join(root, 'node_modules', '@tabler', 'icons', 'icons', 'outline', `${name}.svg`);
    if (!existsSync(file)) fail(`web/icons.txt: there is no icon "${name}".`);
    const body = readFileSync(file, 'utf8').replace(/<!--[\s\S]*?-->/g, '').match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body.replace(/\s*\n\s*/g, '')}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

/** Writes what changed and removes what is no longer made, so that MSBuild sees only true changes. */
function store(files) {
  mkdirSync(dist, { recursive: true });
  for (const old of readdirSync(dist).filter((f) => !files.has(f))) rmSync(join(dist, old));
  for (const [name, contents] of files) {
    const file = join(dist, name);
    if (!existsSync(file) || !readFileSync(file).equals(Buffer.from(contents))) writeFileSync(file, contents);
  }
  writeFileSync(join(state, 'built'), new Date().toISOString());
}

function virtual(name, text, loader = 'js') {
  return {
    name,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: 'virtual' }));
      build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'virtual' }, () => ({ contents: text(), loader, resolveDir: root }));
    },
  };
}

function walk(folder, ending) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((e) => !['node_modules', 'wwwroot', 'obj', 'bin'].includes(e.name))
    .flatMap((e) => (e.isDirectory() ? walk(join(folder, e.name), ending) : e.name.endsWith(ending) ? [join(folder, e.name)] : []))
    .sort();
}

/** A folder is made by one process only; a lock older than five minutes was left behind by a killed build. */
async function takeLock(folder) {
  for (;;) {
    try {
      mkdirSync(folder);
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > 300_000) rmSync(folder, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function run(file, args, problem) {
  try {
    execFileSync(file, args, { cwd: root, stdio: 'inherit', shell: file.endsWith('.cmd') });
  } catch {
    fail(problem);
  }
}

/** MSBuild shows a line of this form as an error of the build. */
function fail(problem) {
  release();
  console.error(`${relative(process.cwd(), fileURLToPath(import.meta.url)) || 'web-build.mjs'} : error JIESUWEB: ${problem}`);
  process.exit(1);
}
