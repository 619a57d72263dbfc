/**
 * One thing that a person means to do, however often the button is pressed until it is done. The same content keeps
 * its `Idempotency-Key`, so that a retry after a lost answer is the same effect; other content is another effect.
 */
export class Attempt {
  private content: string | undefined
  private key: string | undefined

  /** The key to send with this body. */
  keyFor(body: unknown): string {
    const content = JSON.stringify([body])
    if (this.key === undefined || content !== this.content) {
      this.key = crypto.randomUUID()
      this.content = content
    }
    return this.key
  }

  /** It is done: doing the same once more is a new effect. */
  settle(): void {
    this.key = undefined
  }
}
