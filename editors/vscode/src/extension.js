// newslint in VS Code: starts the server, and restarts it when its path changes. Everything else is the server's.
'use strict';

const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

/** Copy, wherever it lies: on disk or in a tab that was never saved. */
const DOCUMENTS = ['plaintext', 'markdown', 'html'].flatMap((language) => [
  { scheme: 'file', language },
  { scheme: 'untitled', language },
]);

/** @type {LanguageClient | undefined} */
let client;
/** @type {vscode.LogOutputChannel | vscode.OutputChannel} */
let log;

function create() {
  const settings = vscode.workspace.getConfiguration('newslint');
  const server = {
    command: settings.get('path') || 'newslint',
    args: ['lsp'],
    transport: TransportKind.stdio,
  };
  return new LanguageClient('newslint', 'newslint', server, {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    initializationOptions: { maxFileBytes: settings.get('maxFileBytes'), pages: true },
    synchronize: { configurationSection: 'newslint' },
  });
}

async function start() {
  client = create();
  try {
    await client.start();
  } catch (error) {
    const settings = 'Open settings';
    const path = vscode.workspace.getConfiguration('newslint').get('path');
    const chosen = await vscode.window.showErrorMessage(
      `newslint cannot be started as “${path}”: ${error instanceof Error ? error.message : error}`,
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'newslint.path');
    }
  }
}

async function stop() {
  const old = client;
  client = undefined;
  // One that never started cannot be stopped, and has nothing left to stop.
  await old?.stop().catch(() => {});
}

/** The pages of the built-in checks, which a diagnostic's code leads to: newslint:/names/spelling.md */
const pages = {
  async provideTextDocumentContent(uri) {
    const code = uri.path.replace(/^\//, '').replace(/\.md$/, '');
    return (await client?.sendRequest('newslint/page', { code })) ?? `newslint knows no page of ${code}.`;
  },
};

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  log = vscode.window.createOutputChannel('newslint');
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    log,
    vscode.workspace.registerTextDocumentContentProvider('newslint', pages),
    vscode.commands.registerCommand('newslint.restart', restart),
    vscode.commands.registerCommand('newslint.log', () => log.show()),
    vscode.commands.registerCommand('newslint.fixAll', () =>
      vscode.commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.newslint', apply: 'first' }),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('newslint.path')) {
        restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
