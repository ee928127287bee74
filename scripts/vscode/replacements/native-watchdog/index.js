// Stands in for @vscode/native-watchdog, which needs a compiler. VS Code also watches the parent process itself.
exports.start = () => {};
exports.exit = (/** @type {number} */ code) => process.exit(code);
