import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Asks an endpoint by both of Java's clients: without a header, then by a form that wants CSV. */
public class Ask {
    public static void main(String[] given) throws Exception {
        String query = URLEncoder.encode(given[1], StandardCharsets.UTF_8);
        // Sends `Accept: text/html, image/gif, image/jpeg, *; q=.2` and so on, which nobody typed.
        var old = URI.create(given[0] + "?query=" + query).toURL().openConnection();
        try (InputStream body = old.getInputStream()) {
            print(old.getContentType(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        var request = HttpRequest.newBuilder(URI.create(given[0]))
            .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString("query=" + query)).build();
        // Decodes by the charset that the answer names.
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        print(answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }

    private static void print(String type, String body) {
        System.out.writeBytes((type + "\n" + body + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
