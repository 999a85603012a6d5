package dev.hearth.bench.hnsw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.MMapDirectory;

/** An HNSW index of float vectors with Lucene's own settings, merged into one segment once it is built. */
final class LuceneIndex implements AutoCloseable {

    private static final int RAM_MEGABYTES = 512;

    private final MMapDirectory directory;
    private final IndexWriter writer;
    private DirectoryReader reader;
    private IndexSearcher searcher;

    LuceneIndex(Path folder) {
        try {
            directory = new MMapDirectory(folder);
            writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(RAM_MEGABYTES));
            reader = DirectoryReader.open(writer);
            searcher = new IndexSearcher(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(int relationship, int number, float[] vector) {
        Document document = new Document();
        document.add(new StringField("relationship", "r" + relationship, Field.Store.NO));
        document.add(new NumericDocValuesField("number", number));
        document.add(new KnnFloatVectorField("vector", vector, VectorSimilarityFunction.DOT_PRODUCT));
        try {
            writer.addDocument(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes one segment of what was added; searches see it from now on. */
    void finish() {
        try {
            writer.forceMerge(1);
            reader.close();
            reader = DirectoryReader.open(writer);
            searcher = new IndexSearcher(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The numbers of the ten best of relationship 0.
     *
     * @param candidates how many the graph is asked for
     * @param filtered whether others are in the index too
     */
    int[] search(float[] query, int candidates, boolean filtered) {
        TermQuery filter = filtered ? new TermQuery(new Term("relationship", "r0")) : null;
        try {
            TopDocs found = searcher.search(new KnnFloatVectorQuery("vector", query, candidates, filter), 10);
            NumericDocValues numbers = reader.leaves().getFirst().reader().getNumericDocValues("number");
            int[] best = new int[found.scoreDocs.length];
            ScoreDoc[] byDocument = found.scoreDocs.clone();
            Arrays.sort(byDocument, Comparator.comparingInt(hit -> hit.doc));
            for (int i = 0; i < best.length; i++) {
                numbers.advance(byDocument[i].doc);
                best[i] = (int) numbers.longValue();
            }
            return best;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
            writer.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
