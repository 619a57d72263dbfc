/** Fails when the screens say something that the catalog does not hold (`npm run text` brings it there). */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const CATALOG = 'src/locales/en.po'
const before = readFileSync(CATALOG, 'utf8')
execFileSync('npx', ['lingui', 'extract', '--clean'], { stdio: 'ignore' })
const after = readFileSync(CATALOG, 'utf8')
writeFileSync(CATALOG, before)

// The creation date in the head is no text of ours.
const texts = (catalog) => catalog.replace(/^"POT-Creation-Date:.*$/m, '')
if (texts(before) !== texts(after)) {
  process.stderr.write(`${CATALOG} is behind the screens: run "npm run text" and commit it.\n`)
  process.exit(1)
}
