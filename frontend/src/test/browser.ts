/** What jsdom leaves out of a browser and our parts need. Sizes are those of a 1,200 × 600 window. */
const WIDTH = 1200
const HEIGHT = 600

/** Answers for a person who asked for less motion: what opens is there at once, however slow the machine. */
window.matchMedia = (query) =>
  ({
    matches: query === '(prefers-reduced-motion: reduce)',
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }) as unknown as MediaQueryList

/** Reports the size once, as a real observer does at its start. */
window.ResizeObserver = class implements ResizeObserver {
  private readonly report: ResizeObserverCallback
  constructor(report: ResizeObserverCallback) {
    this.report = report
  }
  observe(target: Element) {
    const size = [{ inlineSize: WIDTH, blockSize: HEIGHT }]
    const entry = {
      target,
      contentRect: new DOMRectReadOnly(0, 0, WIDTH, HEIGHT),
      borderBoxSize: size,
      contentBoxSize: size,
      devicePixelContentBoxSize: size,
    }
    this.report([entry], this)
  }
  unobserve() {
    return undefined
  }
  disconnect() {
    return undefined
  }
}

/** jsdom lays nothing out: every box is as large as the window, and as long to scroll as it must be. */
for (const [name, value] of Object.entries({
  offsetHeight: HEIGHT,
  offsetWidth: WIDTH,
  clientHeight: HEIGHT,
  clientWidth: WIDTH,
  scrollHeight: 1_000_000,
})) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value })
}
Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, WIDTH, HEIGHT)
Element.prototype.scrollTo = function scrollTo(this: Element, to?: ScrollToOptions | number, top?: number) {
  this.scrollTop = typeof to === 'object' ? (to.top ?? 0) : (top ?? 0)
  this.dispatchEvent(new Event('scroll'))
}
HTMLCanvasElement.prototype.getContext = () => null
Element.prototype.scrollIntoView = () => undefined
