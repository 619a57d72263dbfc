import { readFileSync } from 'node:fs'

/** Budgets in gzip: what a first visit loads, and what each lazy route adds to it. */
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const start = manifest['index.html']
if (!start) throw new Error('dist/.vite/manifest.json has no index.html: run the build first')

/** The files that loading one chunk brings with it, through static imports only. */
function loaded(name, found = new Set()) {
  if (found.has(name)) return found
  found.add(name)
  for (const next of manifest[name].imports ?? []) loaded(next, found)
  return found
}

const files = (names) => names.map((name) => `dist/${manifest[name].file}`)
const styles = (names) => names.flatMap((name) => (manifest[name].css ?? []).map((file) => `dist/${file}`))

const first = loaded('index.html')
const lazy = Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry)
const everything = new Set(Object.keys(manifest))

export default [
  { name: 'first visit, JavaScript', path: files([...first]), limit: '220 kB', gzip: true },
  { name: 'all styles', path: [...new Set(styles([...everything]))], limit: '45 kB', gzip: true },
  ...lazy.map((name) => ({
    name: `route ${manifest[name].name}`,
    path: files([...loaded(name)].filter((part) => !first.has(part))),
    limit: '60 kB',
    gzip: true,
  })),
]
