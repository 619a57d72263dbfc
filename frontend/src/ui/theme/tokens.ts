/** Every colour of the product, light and dark. theme.test.ts holds each pair that carries text to WCAG AA. */
export const light = {
  page: '#f8f6f2',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f0ede7',
  hover: '#f5f2ed',
  line: '#e2ddd4',
  'line-strong': '#8a8275',
  heading: '#10262e',
  text: '#2b2a27',
  dimmed: '#665f54',
  rail: '#10262e',
  'rail-raised': '#1c3740',
  'rail-line': '#28444e',
  'rail-text': '#c6d3d6',
  'rail-strong': '#ffffff',
  'rail-label': '#8fa6ad',
  'rail-accent': '#5fd0bb',
  primary: '#0b7568',
  'primary-hover': '#095f55',
  'on-primary': '#ffffff',
  link: '#0b6d61',
  selected: '#e3f3ef',
  focus: '#0b7568',
  // One colour per state, and the ground it stands on.
  'new-text': '#1b56b8',
  'new-ground': '#e6eefb',
  'books-text': '#6434b3',
  'books-ground': '#efe8fb',
  'done-text': '#1c6b35',
  'done-ground': '#e3f3e6',
  'need-text': '#8a4b00',
  'need-ground': '#fdefd6',
  'off-text': '#5c564c',
  'off-ground': '#ece8e1',
  'lost-text': '#b3261e',
  'lost-ground': '#fce8e5',
} as const

export type Token = keyof typeof light

export const dark: Record<Token, string> = {
  page: '#141615',
  surface: '#1c1f1e',
  raised: '#232726',
  sunken: '#101211',
  hover: '#222625',
  line: '#323735',
  'line-strong': '#7d8580',
  heading: '#f2f4f2',
  text: '#dcdfdc',
  dimmed: '#a3aaa5',
  rail: '#0b1a20',
  'rail-raised': '#16303a',
  'rail-line': '#1f3a44',
  'rail-text': '#b9c8cc',
  'rail-strong': '#ffffff',
  'rail-label': '#869ea6',
  'rail-accent': '#5fd0bb',
  primary: '#0d7f71',
  'primary-hover': '#0b7064',
  'on-primary': '#ffffff',
  link: '#5fcfba',
  selected: '#17352f',
  focus: '#5fcfba',
  'new-text': '#9cc2ff',
  'new-ground': '#182a47',
  'books-text': '#ceb5ff',
  'books-ground': '#30214d',
  'done-text': '#8fdba3',
  'done-ground': '#17341f',
  'need-text': '#ffc56b',
  'need-ground': '#3d2a0c',
  'off-text': '#b8beb9',
  'off-ground': '#2b302e',
  'lost-text': '#ffaba2',
  'lost-ground': '#471a17',
}

/** The six grounds that a chip, a notice or a marker stands on. */
export type Tone = 'new' | 'books' | 'done' | 'need' | 'off' | 'lost'

/** Text on ground: these pairs are read, so each has a contrast of at least 4.5. */
export const readPairs: readonly (readonly [Token, Token])[] = [
  ...(['page', 'surface', 'raised', 'sunken', 'hover', 'selected'] as const).flatMap((ground) => [
    ['text', ground] as const,
    ['dimmed', ground] as const,
    ['heading', ground] as const,
    ['link', ground] as const,
  ]),
  ...(['new', 'books', 'done', 'need', 'off', 'lost'] as const).map(
    (tone) => [`${tone}-text`, `${tone}-ground`] as const,
  ),
  ['lost-text', 'surface'],
  ['need-text', 'surface'],
  ['on-primary', 'primary'],
  ['on-primary', 'primary-hover'],
  ['rail-text', 'rail'],
  ['rail-text', 'rail-raised'],
  ['rail-strong', 'rail-raised'],
  ['rail-label', 'rail'],
]

/** Edges that carry meaning (fields, focus, the active entry): a contrast of at least 3. */
export const seenPairs: readonly (readonly [Token, Token])[] = [
  ['line-strong', 'surface'],
  ['line-strong', 'page'],
  ['focus', 'surface'],
  ['focus', 'page'],
  ['rail-accent', 'rail'],
]
