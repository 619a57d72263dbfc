import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { dark, light, type Token } from './tokens'

/** Shades for Mantine's own parts; what we draw ourselves uses the tokens. */
const teal: MantineColorsTuple = [
  '#e5f6f2',
  '#cdebe4',
  '#9fd7ca',
  '#6cc2af',
  '#45b098',
  '#26a089',
  '#118a77',
  '#0b7568',
  '#0d7f71',
  '#095f55',
]

/** Warm greys in place of Mantine's cool ones. */
const gray: MantineColorsTuple = [
  '#faf8f5',
  '#f0ede7',
  '#e8e4dc',
  '#e2ddd4',
  '#cfc8bc',
  '#b3aa9c',
  '#8a8275',
  '#665f54',
  '#453f37',
  '#2b2a27',
]

/** Text first, page last: the order that Mantine reads in dark. */
const darks: MantineColorsTuple = [
  '#dcdfdc',
  '#b8beb9',
  '#a3aaa5',
  '#7d8580',
  '#3c4240',
  '#2b302e',
  '#232726',
  '#1c1f1e',
  '#141615',
  '#101211',
]

/** The head of a dialog is a `<header>`, which screen readers take for the banner of the page. */
const noBanner = { header: { role: 'presentation' } }

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 8 },
  colors: { teal, gray, dark: darks },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' }, h2: { fontSize: '1rem', lineHeight: '1.4' } },
  },
  defaultRadius: 'md',
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: {
      defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: true } },
    },
    Modal: { defaultProps: { centered: true, returnFocus: true, attributes: noBanner } },
    Drawer: { defaultProps: { returnFocus: true, attributes: noBanner } },
  },
})

/** `heading` becomes `--p-heading`. */
function ours(colours: Record<Token, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(colours).map(([name, value]) => [`--p-${name}`, value]))
}

/** Mantine's own variables, pointed at our tokens, so that one file decides. */
const mapped: Record<string, string> = {
  '--mantine-color-body': 'var(--p-surface)',
  '--mantine-color-text': 'var(--p-text)',
  '--mantine-color-dimmed': 'var(--p-dimmed)',
  '--mantine-color-placeholder': 'var(--p-dimmed)',
  '--mantine-color-anchor': 'var(--p-link)',
  '--mantine-color-error': 'var(--p-lost-text)',
  '--mantine-color-default': 'var(--p-surface)',
  '--mantine-color-default-hover': 'var(--p-hover)',
  '--mantine-color-default-color': 'var(--p-text)',
  '--mantine-color-default-border': 'var(--p-line-strong)',
  '--mantine-primary-color-filled': 'var(--p-primary)',
  '--mantine-primary-color-filled-hover': 'var(--p-primary-hover)',
  '--mantine-color-red-filled': 'var(--p-danger)',
  '--mantine-color-red-filled-hover': 'var(--p-danger-hover)',
  '--mantine-color-red-light': 'var(--p-lost-ground)',
  '--mantine-color-red-light-hover': 'var(--p-lost-ground)',
  '--mantine-color-red-light-color': 'var(--p-lost-text)',
  '--mantine-color-teal-filled': 'var(--p-primary)',
  '--mantine-color-teal-filled-hover': 'var(--p-primary-hover)',
  '--mantine-color-teal-light': 'var(--p-selected)',
  '--mantine-color-teal-light-color': 'var(--p-link)',
  '--mantine-color-teal-text': 'var(--p-link)',
  '--mantine-color-teal-outline': 'var(--p-focus)',
}

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...ours(light), ...mapped },
  dark: { ...ours(dark), ...mapped },
})
