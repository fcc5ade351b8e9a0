const BLOCK = 1024 * 1024

/**
 * Many texts by number, in a few large blocks. A million short strings take 60 MiB by themselves, and as slices of what they were read
 * from they keep all of that; here they take the room of their letters.
 */
export class TextStore {
  readonly #blocks: Buffer[] = []
  #block = Buffer.alloc(0)
  #used = 0
  /** Where each begins: its block's number times the size of one, and its place in there; a larger text has a block of its own. */
  readonly #starts: number[] = []
  readonly #lengths: number[] = []

  push(text: string): void {
    const length = Buffer.byteLength(text)
    if (this.#used + length > this.#block.length) {
      this.#block = Buffer.allocUnsafeSlow(Math.max(BLOCK, length))
      this.#blocks.push(this.#block)
      this.#used = 0
    }
    this.#block.write(text, this.#used)
    this.#starts.push((this.#blocks.length - 1) * BLOCK + this.#used)
    this.#lengths.push(length)
    this.#used += length
  }

  get(number: number): string | undefined {
    const [start, length] = [this.#starts[number], this.#lengths[number]]
    if (start === undefined || length === undefined) return undefined
    const at = start % BLOCK
    return this.#blocks[Math.floor(start / BLOCK)]?.toString('utf8', at, at + length)
  }
}
