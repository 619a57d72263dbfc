import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { Chip } from './Chip'
import {
  AlertIcon,
  BooksIcon,
  CheckIcon,
  ClockIcon,
  CloseIcon,
  DropIcon,
  EyeOffIcon,
  type Icon,
  LinkIcon,
  PencilIcon,
  RefreshIcon,
  SearchIcon,
  SendingIcon,
  StopIcon,
} from './icons'
import type { Tone } from './theme/tokens'

interface Look {
  tone: Tone
  icon: Icon
  words: MessageDescriptor
}

/** Every state of the product with its one colour and icon. Amber only where a person is needed, red only for refused or lost. */
const looks = {
  // orders
  new: { tone: 'new', icon: DropIcon, words: msg`New` },
  in_printavo: { tone: 'books', icon: BooksIcon, words: msg`In Printavo` },
  attaching: { tone: 'done', icon: SendingIcon, words: msg`Attaching` },
  attached: { tone: 'done', icon: CheckIcon, words: msg`Attached` },
  changed: { tone: 'need', icon: PencilIcon, words: msg`Changed` },
  cancelled: { tone: 'off', icon: CloseIcon, words: msg`Cancelled` },
  pending_approval: { tone: 'off', icon: ClockIcon, words: msg`Pending approval` },
  not_shared: { tone: 'off', icon: EyeOffIcon, words: msg`Not shared` },
  // what is written to Printavo
  queued: { tone: 'off', icon: ClockIcon, words: msg`Queued` },
  sending: { tone: 'new', icon: SendingIcon, words: msg`Sending` },
  checking: { tone: 'new', icon: SearchIcon, words: msg`Checking` },
  needs_human: { tone: 'need', icon: AlertIcon, words: msg`Needs you` },
  refused: { tone: 'lost', icon: StopIcon, words: msg`Refused` },
  // stores and links
  active: { tone: 'done', icon: CheckIcon, words: msg`Working` },
  shared: { tone: 'done', icon: CheckIcon, words: msg`Shared` },
  connected: { tone: 'done', icon: LinkIcon, words: msg`Connected` },
  syncing: { tone: 'new', icon: RefreshIcon, words: msg`Syncing` },
  needs_reauth: { tone: 'need', icon: AlertIcon, words: msg`Reconnect needed` },
  suspended: { tone: 'need', icon: AlertIcon, words: msg`Suspended` },
} as const satisfies Record<string, Look>

export type State = keyof typeof looks

/** The state in words, for labels and sentences outside a chip. */
export function wordsOf(state: State): MessageDescriptor {
  return looks[state].words
}

export function StateChip({ state }: { state: State }) {
  const { _ } = useLingui()
  const { tone, icon, words } = looks[state]
  return (
    <Chip tone={tone} icon={icon}>
      {_(words)}
    </Chip>
  )
}
