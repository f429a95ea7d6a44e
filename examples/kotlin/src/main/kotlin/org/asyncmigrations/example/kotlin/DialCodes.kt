package org.asyncmigrations.example.kotlin

/** Finds the country that a phone number belongs to. */
class DialCodes(private val countries: Map<String, String>) {
    /** The country's two letters; [UNKNOWN] if no code matches. */
    fun countryOf(phone: String): String =
        countries.entries.firstOrNull { (code, _) -> phone.startsWith("+$code") }?.value ?: UNKNOWN

    companion object {
        /** The code that ISO 3166 leaves to users. */
        const val UNKNOWN = "ZZ"
    }
}
