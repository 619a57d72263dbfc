/** The marker by which the push knows its own writing; people do not need it. */
const MARKER = / · ref P-[A-Z2-7]{8}$|^ref P-[A-Z2-7]{8}$/
const SIZE = /^Size: (.+)$/

/** A text of the books as people read it. */
export function readable(text: string): string {
  return text.replace(MARKER, '')
}

export interface LineWords {
  name: string
  /** What an Other size was called in the store. */
  size: string | undefined
  /** What else is written on the line, other than names and numbers, which have a list of their own. */
  rest: string
}

/** The parts of a line's description: `Tote Bag · Size: One Size · ref P-74IZBTLS`. */
export function wordsOfLine(description: string, hasNames: boolean): LineWords {
  const [name = '', ...parts] = readable(description).split(' · ')
  const size = parts.map((part) => SIZE.exec(part)?.[1]).find((found) => found !== undefined)
  const rest = hasNames ? '' : parts.filter((part) => !SIZE.test(part)).join(' · ')
  return { name, size, rest }
}
