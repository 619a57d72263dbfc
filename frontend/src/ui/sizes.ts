/** The 24 sizes of Printavo as people read a size run: baby, toddler, youth, adult, and Other last. */
export const SIZES = [
  ['size_6m', '6M'],
  ['size_12m', '12M'],
  ['size_18m', '18M'],
  ['size_24m', '24M'],
  ['size_2t', '2T'],
  ['size_3t', '3T'],
  ['size_4t', '4T'],
  ['size_5t', '5T'],
  ['size_yxs', 'YXS'],
  ['size_ys', 'YS'],
  ['size_ym', 'YM'],
  ['size_yl', 'YL'],
  ['size_yxl', 'YXL'],
  ['size_xs', 'XS'],
  ['size_s', 'S'],
  ['size_m', 'M'],
  ['size_l', 'L'],
  ['size_xl', 'XL'],
  ['size_2xl', '2XL'],
  ['size_3xl', '3XL'],
  ['size_4xl', '4XL'],
  ['size_5xl', '5XL'],
  ['size_6xl', '6XL'],
  ['size_other', 'Other'],
] as const

export type Size = (typeof SIZES)[number][0]

/** Pieces of one size; `text` is what an Other size was called in the store. */
export interface SizeCount {
  size: Size
  pieces: number
  text?: string | null
}

/** The sizes that any of the lines has, in reading order. */
export function sizesOf(lines: readonly { sizes: readonly SizeCount[] }[]): (typeof SIZES)[number][] {
  const used = new Set(lines.flatMap((line) => line.sizes.map(({ size }) => size)))
  return SIZES.filter(([size]) => used.has(size))
}

export function piecesOf(sizes: readonly SizeCount[]): number {
  return sizes.reduce((sum, { pieces }) => sum + pieces, 0)
}
