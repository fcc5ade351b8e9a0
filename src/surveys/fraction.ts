/** An exact number. `below` is positive; not reduced, since everything here is a handful of sums and products. */
export type Fraction = { readonly above: bigint; readonly below: bigint }

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** A number as it was written, `3.4025` or `1e2`; undefined when it is none. Nothing passes through floating point. */
export function decimal(written: string): Fraction | undefined {
  const found = DECIMAL.exec(written)
  if (found === null) return undefined
  const [, sign, whole = '', part = '', power = '0'] = found
  const shift = part.length - Number(power)
  const digits = BigInt(`${sign}${whole}${part}`)
  return shift > 0
    ? { above: digits, below: 10n ** BigInt(shift) }
    : { above: digits * 10n ** BigInt(-shift), below: 1n }
}

export function fraction(above: number, below = 1): Fraction {
  return { above: BigInt(above), below: BigInt(below) }
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.below === b.below) return { above: a.above + b.above, below: a.below }
  return { above: a.above * b.below + b.above * a.below, below: a.below * b.below }
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { above: a.above * b.above, below: a.below * b.below }
}

/** Below zero, zero or above it, as `a` is less than `b`, the same or more. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.above * b.below - b.above * a.below
  return difference < 0n ? -1 : Number(difference > 0n)
}

/** The whole number of steps of 1/10^`places` it comes to, half of one rounded away from zero: 88.305 is 8831 at two places. */
export function roundHalfUp({ above, below }: Fraction, places: number): bigint {
  const scaled = above * 10n ** BigInt(places) * 2n
  const half = scaled < 0n ? -below : below
  return (scaled + half) / (below * 2n)
}

/** Rounded for display, as the nearest number there is: 3.401 and not 3.4010000000000002. */
export function shown(value: Fraction, places: number): number {
  return Number(roundHalfUp(value, places)) / 10 ** places
}
