// Preloaded into the processes that a script starts with an IPC channel: when the starter is gone, however it ended,
// the channel closes and so does the process. The channel alone keeps nothing alive.
process.channel?.unref();
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
