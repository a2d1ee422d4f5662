/** The lines between panes: dragged, or moved by arrows, Home and End; Enter or a double click goes back. */

const stepPx = 16
const key = 'podium:panes'

interface Split {
  property: '--a' | '--b'
  /** The size of the pane that the line resizes, in pixels, for a pointer. */
  at(event: PointerEvent): number
  size(): number
  limits(): { min: number; max: number }
  /** Arrow keys that shrink and grow it. */
  keys: { less: string; more: string }
}

/** Wires the splitters of a bench; `onMove` is told after each move. */
export function wireSplitters(bench: HTMLElement, onMove: () => void): void {
  const sizes = readSizes()
  for (const line of bench.querySelectorAll<HTMLElement>('[data-split]')) {
    const split = line.dataset.split === 'a' ? leftPane(bench) : lowerPane(bench)
    const kept = sizes[split.property]
    if (kept !== undefined) bench.style.setProperty(split.property, `${kept}px`)
    wire(bench, line, split, () => {
      keepSize(split.property, bench.style.getPropertyValue(split.property))
      onMove()
    })
  }
}

function leftPane(bench: HTMLElement): Split {
  return {
    property: '--a',
    at: (event) => event.clientX - bench.getBoundingClientRect().left,
    size: () => bench.querySelector('.task')?.getBoundingClientRect().width ?? 0,
    limits: () => ({ min: 320, max: bench.clientWidth * 0.6 }),
    keys: { less: 'ArrowLeft', more: 'ArrowRight' },
  }
}

function lowerPane(bench: HTMLElement): Split {
  return {
    property: '--b',
    at: (event) => bench.getBoundingClientRect().bottom - event.clientY,
    size: () => bench.querySelector('.out')?.getBoundingClientRect().height ?? 0,
    limits: () => ({ min: 96, max: bench.clientHeight * 0.8 }),
    keys: { less: 'ArrowDown', more: 'ArrowUp' },
  }
}

function wire(bench: HTMLElement, line: HTMLElement, split: Split, onMove: () => void): void {
  const set = (size: number) => {
    const { min, max } = split.limits()
    const px = Math.round(Math.min(max, Math.max(min, size)))
    bench.style.setProperty(split.property, `${px}px`)
    line.setAttribute('aria-valuenow', String(Math.round(((px - min) / Math.max(1, max - min)) * 100)))
    onMove()
  }
  const reset = () => {
    bench.style.removeProperty(split.property)
    onMove()
  }
  line.addEventListener('pointerdown', (event) => {
    line.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  line.addEventListener('pointermove', (event) => {
    if (line.hasPointerCapture(event.pointerId)) set(split.at(event))
  })
  line.addEventListener('dblclick', reset)
  line.addEventListener('keydown', (event) => {
    const { less, more } = split.keys
    const { min, max } = split.limits()
    if (event.key === 'Enter') return reset()
    const size = { [less]: split.size() - stepPx, [more]: split.size() + stepPx, Home: min, End: max }[event.key]
    if (size === undefined) return
    event.preventDefault()
    set(size)
  })
}

function readSizes(): Record<string, number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
    )
  } catch {
    return {}
  }
}

function keepSize(property: string, value: string): void {
  const sizes = readSizes()
  if (value === '') delete sizes[property]
  else sizes[property] = Number.parseFloat(value)
  try {
    localStorage.setItem(key, JSON.stringify(sizes))
  } catch {
    // Storage may be switched off; the sizes then hold for this page.
  }
}
