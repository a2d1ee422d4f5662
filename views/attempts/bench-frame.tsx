/** What surrounds the panes of every kind of exercise: where one is, which pane shows, and the lines that resize them. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Icon, Shape } from '../parts/icon.tsx'
import { lookOf, type State } from '../parts/state.tsx'

/** An exercise's place in its track. */
export interface PlaceFacts {
  exercise: { title: string }
  track: { slug: string; title: string }
  /** From 1; 0 where the exercise is no longer in its track. */
  place: number
  placeCount: number
  previous: { slug: string; title: string } | null
  next: { slug: string; title: string } | null
}

/** The way from the track to the exercise. */
export function Crumb({ track, exercise }: PlaceFacts): SafeHtml {
  return (
    <nav class="crumb" aria-label="Place">
      <a class="hide-s" href={`/exercises?track=${encodeURIComponent(track.slug)}`}>
        {track.title}
      </a>
      <span class="hide-s">
        <Icon name="chevron-right" />
      </span>
      <h1>{exercise.title}</h1>
    </nav>
  )
}

/** The exercises before and after. */
export function Steps({ place, placeCount, previous, next }: PlaceFacts): SafeHtml {
  return (
    <>
      <span class="faint hide-s on-bar-2">{place === 0 ? 'No longer in its track' : `${place} of ${placeCount}`}</span>
      {previous === null ? null : (
        <a
          class="btn sm icon"
          href={`/exercises/${encodeURIComponent(previous.slug)}`}
          aria-label={`Previous exercise: ${previous.title}`}
        >
          <Icon name="arrow-left" />
        </a>
      )}
      {next === null ? null : (
        <a
          class="btn sm icon"
          href={`/exercises/${encodeURIComponent(next.slug)}`}
          aria-label={`Next exercise: ${next.title}`}
        >
          <Icon name="arrow-right" />
        </a>
      )}
    </>
  )
}

/** On a phone one pane shows at a time; radio buttons and CSS do it. */
export function PaneSwitch({
  state,
  hasResult,
  pane,
}: {
  state: State
  hasResult: boolean
  /** What the editor's pane is called. */
  pane: string
}): SafeHtml {
  const { hue, shape, word } = lookOf(state)
  return (
    <nav class="switch-place" aria-label="Panes">
      <fieldset class="switch">
        <legend class="sr">Show pane</legend>
        <label>
          <input type="radio" name="pane" value="task" checked={!hasResult} />
          Task
        </label>
        <label>
          <input type="radio" name="pane" value="edit" />
          {pane}
        </label>
        <label>
          <input type="radio" name="pane" value="out" checked={hasResult} />
          Result
          <span class={`v ${hue}`} id="switch-state">
            <Shape name={shape} />
            <span class="sr">{word}</span>
          </span>
        </label>
      </fieldset>
    </nav>
  )
}

/** A line between panes that arrows move. */
export function Splitter({
  name,
  label,
  controls,
}: {
  name: 'a' | 'b'
  label: string
  controls: 'width' | 'height'
}): SafeHtml {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter takes the focus and values, which hr does not.
    <div
      class={`split split-${name}`}
      role="separator"
      tabindex="0"
      aria-orientation={controls === 'width' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow={controls === 'width' ? '28' : '50'}
      data-split={name}
    />
  )
}
