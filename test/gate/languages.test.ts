/** What counts as code, test, behaviour and documentation by default, per language. */
import { describe, expect, it } from 'vitest';
import { docs } from '../../src/decide/gate/docs.ts';
import { tests } from '../../src/decide/gate/tests.ts';
import { facts, file, pull } from './facts.ts';

interface Layout {
  language: string;
  code: string[];
  test: string[];
  /** Nobody writes tests for these. */
  aside: string[];
}

const LAYOUTS: Layout[] = [
  {
    language: 'TypeScript',
    code: ['src/cart.ts', 'index.ts', 'app/page.tsx', 'packages/ui/src/button.tsx', 'packages/ui/button.tsx', 'src/latest.ts'],
    test: [
      'src/cart.test.ts',
      'src/cart.spec.tsx',
      'src/__tests__/cart.ts',
      'src/__mocks__/api.ts',
      'test/cart.ts',
      'test/app.e2e-spec.ts',
      'cypress/support/commands.ts',
      'e2e/login.ts',
    ],
    aside: ['vite.config.ts', 'types.d.ts', '.storybook/main.ts', 'src/button.stories.tsx', 'gulpfile.js', 'examples/a.ts'],
  },
  {
    language: 'Python',
    code: ['shop/cart.py', 'src/shop/cart.py', 'cart.py', 'shop/protest.py', 'shop/latest_news.py'],
    test: [
      'tests/cart.py',
      'shop/tests/test_cart.py',
      'shop/test_cart.py',
      'shop/cart_test.py',
      'conftest.py',
      'shop/conftest.py',
    ],
    aside: ['setup.py', 'noxfile.py', 'shop/migrations/0001_initial.py', 'docs/conf.py', 'shop/api_pb2.py'],
  },
  {
    language: 'Go',
    code: ['cart.go', 'cart/cart.go', 'cmd/shop/main.go', 'internal/cart/cart.go', 'contest/contest.go'],
    test: ['cart_test.go', 'cart/cart_test.go', 'cart/testdata/helper.go', 'test/e2e/cart.go'],
    aside: ['api/cart.pb.go', 'api/zz_generated.deepcopy.go', 'cart/mock_gen.go', 'doc.go', 'vendor/x/y.go'],
  },
  {
    language: 'Java and Kotlin',
    code: ['src/main/java/shop/Cart.java', 'core/src/main/kotlin/Cart.kt', 'src/main/java/shop/Contest.java'],
    test: [
      'src/test/java/shop/CartTest.java',
      'core/src/test/kotlin/Cart.kt',
      'src/integrationTest/java/Cart.java',
      'app/src/androidTest/java/Cart.kt',
      'shop/CartIT.java',
      'shop/CartTestCase.java',
    ],
    aside: ['src/main/java/shop/package-info.java', 'src/main/java/module-info.java'],
  },
  {
    language: 'Rust',
    code: ['src/lib.rs', 'src/cart/mod.rs', 'crates/cart/src/lib.rs', 'src/attest.rs'],
    test: ['tests/cart.rs', 'crates/cart/tests/cart.rs', 'src/cart/tests.rs', 'src/cart_test.rs'],
    aside: ['build.rs', 'crates/cart/build.rs', 'examples/cart.rs'],
  },
  {
    language: 'Ruby',
    code: ['lib/cart.rb', 'app/models/cart.rb', 'lib/specification.rb'],
    test: ['spec/cart_spec.rb', 'spec/spec_helper.rb', 'test/cart_test.rb', 'engines/pay/spec/pay_spec.rb'],
    aside: ['db/migrate/20260101_carts.rb'],
  },
  {
    language: 'C#',
    code: ['src/Shop/Cart.cs', 'Shop/Cart.cs', 'Shop.Api/Controllers/CartController.cs', 'Shop/Contest.cs'],
    test: ['Shop.Tests/Cart.cs', 'test/Shop.UnitTests/Cart.cs', 'Shop.IntegrationTests/Api.cs', 'Shop/CartTests.cs'],
    aside: ['Shop/Migrations/001.cs', 'Shop/Form.Designer.cs', 'Shop/AssemblyInfo.cs', 'Shop/Client.g.cs'],
  },
];

const statusOf = (item: typeof tests, paths: string[], title = 'feat: a cart') =>
  item.check(facts({ pull: pull({ title, body: '', files: paths.map((path) => file(path)) }) }), {}).status;

describe.each(LAYOUTS)('$language', ({ code, test, aside }) => {
  const anchor = 'src/other.ts';

  it.each(code)('%s is code that wants a test', (path) => {
    // Tests inside Rust files cannot be seen, so that Rust alone passes with a note.
    expect(statusOf(tests, [path])).toBe(path.endsWith('.rs') ? 'pass' : 'fail');
    expect(statusOf(tests, [path, 'test/any.test.ts'])).toBe('pass');
  });

  it.each(test)('%s is a test', (path) => {
    expect(statusOf(tests, [anchor, path])).toBe('pass');
    expect(statusOf(tests, [path])).toBe('not-applicable');
    expect(statusOf(docs, [path])).toBe('not-applicable');
  });

  it.each(aside)('%s wants none', (path) => expect(statusOf(tests, [path])).toBe('not-applicable'));

  it.each(code.filter((path) => path !== 'packages/ui/button.tsx'))('a feature in %s wants documentation', (path) => {
    expect(statusOf(docs, [path])).toBe('fail');
    expect(statusOf(docs, [path, 'README.md'])).toBe('pass');
  });
});

describe('documentation', () => {
  it.each([
    'README.md',
    'README',
    'README.rst',
    'docs/cart.ts',
    'doc/cart.txt',
    'packages/ui/README.md',
    'CHANGELOG',
    '.changeset/brave-cats.md',
    'newsfragments/12.feature',
    'src/cart/README.md',
    'site/cart.html',
    'guide.adoc',
  ])('%s', (path) => expect(statusOf(docs, ['src/a.ts', path])).toBe('pass'));

  it.each(['requirements.txt', 'CMakeLists.txt', 'test/fixtures/a.md', 'src/docs.ts', 'robots.txt'])('not %s', (path) =>
    expect(statusOf(docs, ['src/a.ts', path])).toBe('fail'),
  );

  it.each([
    'scripts/release.py',
    'tools/gen.go',
    '.github/x.py',
    'examples/a.py',
    'setup.py',
    'src/vendor/a.ts',
    'jest.config.js',
  ])('%s is nothing that people see', (path) => expect(statusOf(docs, [path])).toBe('not-applicable'));

  it.each(['openapi.yaml', 'openapi.yml', 'api/shop.proto', 'schema.graphql', 'lib/main.rb'])('%s is', (path) =>
    expect(statusOf(docs, [path])).toBe('fail'),
  );
});
