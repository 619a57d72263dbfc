import { readdirSync } from 'node:fs'
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const rooms = readdirSync('src/rooms', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

/** Imports point down: ui | lib | api → rooms → routes. Everything outside a folder is reached through `@/`. */
const floor = (files, groups, message) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: ['../*'], message: 'Reach other folders through @/.' },
          { group: groups, message },
        ],
      },
    ],
  },
})

export default tseslint.config(
  { ignores: ['dist', 'src/api/generated', 'src/locales'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      jsxA11y.flatConfigs.strict,
      reactHooks.configs.flat['recommended-latest'],
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // The router throws redirects; they are no errors.
      '@typescript-eslint/only-throw-error': ['error', { allow: ['Redirect'] }],
      // Only a warning that the compiler skips a component; we do not run the compiler.
      'react-hooks/incompatible-library': 'off',
      'max-lines': ['error', { max: 200, skipBlankLines: false }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['../*'], message: 'Reach other folders through @/.' }] },
      ],
    },
  },
  floor(
    ['src/lib/**'],
    ['@/ui/**', '@/api/**', '@/rooms/**', '@/routes', '@/paths'],
    'lib stands on nothing of ours.',
  ),
  floor(
    ['src/ui/**'],
    [
      '@/api/generated/**',
      '@/rooms/**',
      '@/routes',
      '@/paths',
      '@tanstack/react-router',
      '@tanstack/react-query',
    ],
    'ui knows no data and no routes.',
  ),
  floor(['src/api/**'], ['@/ui/**', '@/rooms/**', '@/routes', '@/paths'], 'api knows no screen.'),
  ...rooms.map((room) =>
    floor(
      [`src/rooms/${room}/**`],
      ['@/routes', '@/rooms/**', `!@/rooms/${room}`, `!@/rooms/${room}/**`],
      'Rooms do not know each other.',
    ),
  ),
  { files: ['**/*.js', '*.config.ts', 'tools/**'], languageOptions: { globals: globals.node } },
  prettier,
)
