/** What the address holds beside the path: plain words, never JSON, so that people can read, edit and share it. */
export type Search = Record<string, string | string[] | undefined>

/** `?q=oak&sort=-placed_at`: a name given twice becomes a list. */
export function parseSearch(text: string): Search {
  const found: Search = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name]
    found[name] = before === undefined ? value : [...[before].flat(), value]
  }
  return found
}

/** The way back; empty values are left out, names are sorted, so that one state has one address. */
export function stringifySearch(search: Record<string, unknown>): string {
  const pairs = Object.keys(search)
    .sort()
    .flatMap((name) => [search[name]].flat().map((value) => [name, value] as const))
    .filter((pair): pair is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof pair[1]),
    )
    .filter(([, value]) => value !== '')
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return text ? `?${text}` : ''
}

/** A text from the address, or nothing. Someone else's link is input too: anything odd is nothing. */
export function textIn(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** One of a closed list, or nothing. */
export function oneIn<Choice extends string>(
  search: Record<string, unknown>,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === search[name])
}

/** The object without its undefined members, so that a default never shows in the address. */
export function given<Shape extends object>(
  shape: Shape,
): { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Shape]?: Exclude<Shape[Name], undefined>
  }
}

/** A path inside the product to go on to after signing in. Another host's address is refused (open redirect). */
export function safeNext(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value)) return undefined
  return new URL(value, window.location.origin).origin === window.location.origin ? value : undefined
}
