import type { ReactNode, SVGProps } from 'react'

/** Line icons on a 20 px board, in the colour of the text; hidden from screen readers, the words stand beside them. */
export type Icon = (props: SVGProps<SVGSVGElement>) => ReactNode

function drawn(name: string, paths: ReactNode): Icon {
  const Drawn: Icon = (props) => (
    <svg
      width="1.15em"
      height="1.15em"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
      data-icon={name}
      {...props}
    >
      {paths}
    </svg>
  )
  return Drawn
}

export const AlertIcon = drawn('alert', <path d="M10 3.2 17.5 16.5h-15zM10 8v3.6M10 14v.1" />)
export const BackIcon = drawn('back', <path d="M8.5 4.5 3 10l5.5 5.500M3 10h14" />)
export const BoxIcon = drawn(
  'box',
  <path d="m10 2.5 6.5 3.500v8L10 17.5 3.5 14V6zM3.5 6 10 9.6 16.5 6M10 9.600v7.9" />,
)
export const CheckIcon = drawn('check', <path d="m4 10.5 4 4L16 5.5" />)
export const ChevronIcon = drawn('chevron', <path d="m6 8 4 4 4-4" />)
export const ClockIcon = drawn(
  'clock',
  <path d="M10 2.500a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 6v4.200l2.6 1.6" />,
)
export const CloseIcon = drawn('close', <path d="m5 5 10 10M15 5 5 15" />)
export const CopyIcon = drawn('copy', <path d="M7.5 7.500h9v9h-9zM4.5 12.500h-1v-9h9v1" />)
export const DotsIcon = drawn('dots', <path strokeWidth="2.6" d="M4.5 10v.01M10 10v.01M15.5 10v.01" />)
export const DropIcon = drawn('drop', <path d="M10 2.500c3 3.5 5 6 5 9a5 5 0 0 1-10 0c0-3 2-5.5 5-9z" />)
export const EyeOffIcon = drawn(
  'eye-off',
  <path d="M10 2.500a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM4.8 15.2 15.2 4.8" />,
)
export const ExternalIcon = drawn(
  'external',
  <path d="M11 3.500h5.500V9M16.5 3.500l-8 8M13.5 11.500v5h-10v-10h5" />,
)
export const InvoiceIcon = drawn(
  'invoice',
  <path d="M4.5 2.500h11v15l-2.75-1.750L10 17.500l-2.75-1.750L4.5 17.500zM7.5 7h5M7.5 10.500h5" />,
)
export const LinkIcon = drawn(
  'link',
  <path d="m8.2 11.8 3.6-3.600M9 5.500l1.7-1.700a3.9 3.9 0 0 1 5.5 5.500L14.5 11M5.5 9l-1.7 1.700a3.9 3.9 0 0 0 5.5 5.500L11 14.5" />,
)
export const MenuIcon = drawn('menu', <path d="M3 5.500h14M3 10h14M3 14.500h14" />)
export const PartlyIcon = drawn(
  'partly',
  <path d="M10 2.500a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 2.500v15" />,
)
export const PencilIcon = drawn('pencil', <path d="M3.5 16.5 4.5 12.500l8.5-8.5 3 3-8.5 8.500z" />)
export const PlusIcon = drawn('plus', <path d="M10 4v12M4 10h12" />)
export const RailIcon = drawn('rail', <path d="M3 4h14v12H3zM8 4v12" />)
export const RefreshIcon = drawn('refresh', <path d="M16.5 10a6.5 6.5 0 1 1-2-4.700M16.5 3v3.500H13" />)
export const SearchIcon = drawn(
  'search',
  <path d="M9 3.500a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13.2 13.2 17 17" />,
)
export const SendingIcon = drawn('sending', <path d="M10 16V4.500M5 9l5-5 5 5" />)
export const StopIcon = drawn(
  'stop',
  <path d="M7 2.500h6L17.5 7v6L13 17.500H7L2.5 13V7zM7.5 7.500l5 5M12.5 7.500l-5 5" />,
)
export const StoreIcon = drawn(
  'store',
  <path d="M3.5 8.500v8h13v-8M2.5 6l1.5-3h12l1.5 3c0 1.5-1 2.5-2.5 2.500S12.5 7.5 12.5 6c0 1.5-1 2.5-2.5 2.500S7.5 7.5 7.5 6c0 1.5-1 2.5-2.5 2.500S2.5 7.5 2.5 6zM8 16.500v-4h4v4" />,
)
export const UserIcon = drawn(
  'user',
  <path d="M10 3a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM3.5 17c.8-3 3.3-4.5 6.5-4.500s5.7 1.5 6.5 4.5" />,
)
export const WindowIcon = drawn('window', <path d="M3 4h14v12H3zM3 8h14M10 8v8" />)

/** A P in a rounded square: the order is in the print shop's books. */
export const BooksIcon = drawn(
  'books',
  <path d="M5 2.500h10A2.5 2.5 0 0 1 17.5 5v10a2.5 2.5 0 0 1-2.5 2.500H5A2.5 2.5 0 0 1 2.5 15V5A2.5 2.5 0 0 1 5 2.500zM8 14V6.200h2.600a2.3 2.3 0 0 1 0 4.600H8" />,
)
