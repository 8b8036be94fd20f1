/** Failures as annotations of GitHub Actions: one `::error` line each, which the page of a build shows at its top. */
import type { SimulationReport } from '../explored/report.ts';

/** A page of a build shows ten annotations of a step. */
const mostAnnotations = 10;

/** Nothing where nothing failed. */
export function annotationsText({ failures }: Pick<SimulationReport, 'failures'>): string {
  return failures
    .slice(0, mostAnnotations)
    .map(({ failure, sentence, replayCommand }) => {
      const message = `${sentence}\n${failure.message}\nReplay it: ${replayCommand}`;
      return `::error title=${escapeProperty(failure.class)}::${escapeData(message)}\n`;
    })
    .join('');
}

/** As the runner reads the text of a command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In a property `:` and `,` mean something too. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
