/** Which patches of a manifest change what the package depends on. */
import { describe, expect, it } from 'vitest';
import { editsDependencies } from '../../src/gather/scan/dependency-edits.ts';

const patch = (...rows: string[]) => ['@@ -1,9 +1,9 @@', ...rows].join('\n');

describe('a dependency', () => {
  it.each([
    ['package.json', '-    "zod": "^3.0.0"', '+    "zod": "^4.0.0"'],
    ['web/package.json', '+    "@acme/ui": "workspace:*",', ''],
    ['package.json', '+    "left": "github:acme/left",', ''],
    ['Cargo.toml', '+serde = "1.0"', ''],
    ['Cargo.toml', '-serde = { version = "1.0" }', '+serde = { version = "2.0" }'],
    ['go.mod', '+\tgithub.com/acme/x v1.2.3', ''],
    ['go.mod', '-require example.com/y v0.1.0', ''],
    ['pyproject.toml', '+  "requests>=2.31",', ''],
    ['pyproject.toml', '+requests = "^2.31"', ''],
    ['Pipfile', '+requests = "*"', ''],
    ['Gemfile', '+gem "rails", "~> 7.1"', ''],
    ['composer.json', '+        "monolog/monolog": "^3.0",', ''],
    ['mix.exs', '+      {:phoenix, "~> 1.7"},', ''],
    ['pubspec.yaml', '+  http: ^1.1.0', ''],
  ])('%s %s', (path, first, second) => expect(editsDependencies(path, patch(' {', first, second))).toBe(true));
});

describe('something else', () => {
  it.each([
    ['package.json', '-  "version": "1.0.0",', '+  "version": "1.1.0",'],
    ['package.json', '+    "start": "node src/main.ts",', ''],
    ['package.json', '+    "node": ">=22"', ''],
    ['package.json', '+  "homepage": "https://acme.example",', ''],
    ['package.json', '-    "zod": "^4.0.0"', '+    "zod": "^4.0.0",'],
    ['Cargo.toml', '-version = "0.1.0"', '+version = "0.2.0"'],
    ['Cargo.toml', '-serde = { version = "1.0" }', '+serde = { version = "1.0", features = ["derive"] }'],
    ['go.mod', '-go 1.22', '+go 1.23'],
    ['go.mod', '-\tgithub.com/acme/x v1.2.3 // indirect', '+\tgithub.com/acme/x v1.2.3'],
    ['go.mod', '+replace github.com/acme/x => ../x', ''],
    ['pyproject.toml', '+minversion = "6.0"', ''],
    ['pyproject.toml', ' requires = [', '+  "setuptools>=61",'],
    ['pyproject.toml', '+  "Programming Language :: Python :: 3",', ''],
    ['Gemfile', '-gem "rails", "~> 7.1"', '+gem "rails", "~> 7.1", require: false'],
    ['README.md', '+"zod": "^4.0.0"', ''],
  ])('%s %s', (path, first, second) => expect(editsDependencies(path, patch(' {', first, second))).toBe(false));

  it('a block that moved, and a patch of many lines', () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => `    "p${n}": "^1.0.0",`);
    expect(editsDependencies('package.json', patch(...rows.map((row) => `-${row}`), ...rows.map((row) => `+${row}`)))).toBe(
      false,
    );
  });
});
